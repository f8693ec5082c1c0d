/** How does a user run a grid? */
package io.github.anople.benchmark.command;
