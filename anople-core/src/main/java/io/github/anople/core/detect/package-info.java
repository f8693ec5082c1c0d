/** How bad, and where? The detector's contract and what it answers; no label, no threshold. */
package io.github.anople.core.detect;
