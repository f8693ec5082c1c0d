/** The {@code anople} command: parses, calls the library, maps failures to exit codes. */
package io.github.anople.cli;
