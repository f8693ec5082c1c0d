/** Products, their good pictures and regions. */
package io.github.anople.server.project;
