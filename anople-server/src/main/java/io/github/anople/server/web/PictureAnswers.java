package io.github.anople.server.web;

import io.github.anople.server.project.Pictures;
import io.github.anople.server.project.Previews;
import io.github.anople.server.store.Picture;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Pictures as a browser gets them. Their addresses never mean other pixels, so that a browser may
 * keep them, but it asks each time whether it still may show them: somebody else may sit there.
 */
final class PictureAnswers {

  private static final CacheControl ASKED = CacheControl.noCache().cachePrivate();

  private PictureAnswers() {}

  /** As it was sent. */
  static ResponseEntity<Resource> whole(Pictures pictures, Picture picture) {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(picture.mediaType()))
        .cacheControl(ASKED)
        .eTag(picture.sha256())
        .body(new FileSystemResource(pictures.file(picture)));
  }

  /** As large as a screen. */
  static ResponseEntity<Resource> preview(Previews previews, Picture picture) {
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_JPEG)
        .cacheControl(ASKED)
        .eTag(picture.sha256())
        .body(new FileSystemResource(previews.of(picture)));
  }
}
