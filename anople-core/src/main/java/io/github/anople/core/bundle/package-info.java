/** What is shipped? A detector's file, and the record of what it was made from. */
package io.github.anople.core.bundle;
