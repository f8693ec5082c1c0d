/**
 * What is a page made of? Pieces that every page may show: each is a record that writes itself as
 * HTML, out of a template of its name, so that another template shows it as <code>${piece}</code>.
 * The templates are compiled with the program and escape every text.
 */
package io.github.anople.inspect.page;
