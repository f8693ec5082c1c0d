/** How do all tables and figures of a paper stand in one document? */
package io.github.anople.benchmark.report;
