/** The small CLIP that comes with the project: its files, and the way to them. */
package io.github.anople.app.mini;
