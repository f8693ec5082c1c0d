/** Which part of a picture counts? */
package io.github.anople.core.region;
