package io.github.anople.spark;

import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.image.PictureNote;
import java.util.List;

/**
 * A picture that was read, of which only what the detector looks at is kept.
 *
 * @param prepared the detector's input
 * @param width columns of the picture, as it is shown
 * @param height its rows
 * @param bytes what all its pixels take
 * @param notes what its reader has to say of it
 */
record ReadPicture(
    PreparedImage prepared, int width, int height, long bytes, List<PictureNote> notes) {}
