/** What every room shares: how a fault of the input is reported. */
package io.github.anople.core;
