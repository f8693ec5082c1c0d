/** The server: how it starts, and what it is told. */
package io.github.anople.server;
