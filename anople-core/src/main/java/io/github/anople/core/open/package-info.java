/** Which engine opens this detector file? Whichever is on the class path and knows its kind. */
package io.github.anople.core.open;
