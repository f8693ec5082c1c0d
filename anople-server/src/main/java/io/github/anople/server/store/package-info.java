/** Tables and files. SQL is here and nowhere else. */
package io.github.anople.server.store;
