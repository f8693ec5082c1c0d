/** What does a person see? Overlays, maps, tables. Every file appears whole or not at all. */
package io.github.anople.inspect.report;
