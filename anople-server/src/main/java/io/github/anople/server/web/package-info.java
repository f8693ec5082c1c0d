/** The pages: what a quality engineer sees and does. */
package io.github.anople.server.web;
