/** The trunk's weights out of the file that their makers published. */
package io.github.anople.lab.pretrain.trunk;
