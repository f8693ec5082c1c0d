/** What do the program's commands have in common? Options, words, exit codes. */
package io.github.anople.console;
