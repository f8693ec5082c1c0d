package io.github.anople.cli;

/** Stands for any class of the command line, which this module cannot see. */
public interface Planted {}
