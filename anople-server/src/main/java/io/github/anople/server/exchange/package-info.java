/** Products between installations, and pictures from elsewhere. */
package io.github.anople.server.exchange;
