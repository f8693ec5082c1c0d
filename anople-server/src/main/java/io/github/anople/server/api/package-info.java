/** The interface for programs: {@code /api/v1}. */
package io.github.anople.server.api;
