/**
 * Which pixels? Reads picture files, resizes as Pillow does, and normalises for CLIP; nothing here
 * knows a tensor engine.
 *
 * <p>A picture enters through {@link io.github.anople.core.image.ImageReader}, is an {@link
 * io.github.anople.core.image.RgbImage} while it is pixels, and leaves through {@link
 * io.github.anople.core.image.ClipNormalization} as the {@code [3, side, side]} floats a vision
 * encoder takes. Within the package each format has a class of its own, an {@code EncodedImage}: it
 * checks the file's structure first and hands the decoder (the JDK's or TwelveMonkeys') only the
 * parts that carry the picture.
 */
package io.github.anople.core.image;
