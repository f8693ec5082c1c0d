/** What does a person do with the method? Enrol a product, calibrate, test, export. */
package io.github.anople.app;
