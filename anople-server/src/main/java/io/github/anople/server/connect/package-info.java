/** Where verdicts go by themselves, and folders that pictures come from. */
package io.github.anople.server.connect;
