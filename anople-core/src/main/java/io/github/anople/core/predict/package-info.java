/** Many pictures through one detector: files, folders, globs, and folders that are watched. */
package io.github.anople.core.predict;
