/** Do pictures still look as they did at calibration, and have their scores moved? */
package io.github.anople.core.drift;
