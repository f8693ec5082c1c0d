/** What can be tried without pictures of one's own? A small product line, drawn. */
package io.github.anople.cli.demo;
