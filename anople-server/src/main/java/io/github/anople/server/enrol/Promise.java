package io.github.anople.server.enrol;

/**
 * The shares of good parts that thresholds are to reject at most.
 *
 * @param falseAlarms the share that may be NOT OK
 * @param uncertain the share that may be UNCERTAIN or NOT OK; of an estimate from shots alone there
 *     is no second threshold, since near to it a verdict is not clear anyway
 */
public record Promise(double falseAlarms, double uncertain) {}
