/** From a picture to a verdict, and the history of both. */
package io.github.anople.server.inspect;
