/** What every room shares: how a fault of the input is reported, how a file is written whole. */
package io.github.anople.core;
