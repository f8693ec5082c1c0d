/** Who may do what, and who did it. */
package io.github.anople.server.account;
