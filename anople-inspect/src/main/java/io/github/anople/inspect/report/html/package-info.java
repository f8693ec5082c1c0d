/** What does a page look like? A report as one HTML file that needs nothing else. */
package io.github.anople.inspect.report.html;
