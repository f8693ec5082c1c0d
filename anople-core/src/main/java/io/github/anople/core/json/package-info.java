/** Settings as JSON, read strictly: every field there, known, of its type, and a fault names it. */
package io.github.anople.core.json;
