package io.github.anople.server.web;

import io.github.anople.server.project.Pictures;
import io.github.anople.server.project.Previews;
import io.github.anople.server.store.Picture;
import java.time.Duration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Pictures as a browser gets them; their addresses never mean other pixels. */
final class PictureAnswers {

  private static final CacheControl KEPT =
      CacheControl.maxAge(Duration.ofDays(1)).cachePrivate().immutable();

  private PictureAnswers() {}

  /** As it was sent. */
  static ResponseEntity<Resource> whole(Pictures pictures, Picture picture) {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(picture.mediaType()))
        .cacheControl(KEPT)
        .body(new FileSystemResource(pictures.file(picture)));
  }

  /** As large as a screen. */
  static ResponseEntity<Resource> preview(Previews previews, Picture picture) {
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_JPEG)
        .cacheControl(KEPT)
        .body(new FileSystemResource(previews.of(picture)));
  }
}
