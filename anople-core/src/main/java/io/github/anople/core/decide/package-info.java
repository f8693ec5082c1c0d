/**
 * Accept or reject? Thresholds from good pictures alone, what they promise, and the verdicts that
 * follow. A detector knows nothing of this room.
 */
package io.github.anople.core.decide;
