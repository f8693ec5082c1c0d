package io.github.anople.server.api;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.SchemaProperty;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.http.MediaType;

/** Says in the document for programs that a request's body is a picture, or a form with one. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@RequestBody(
    description = "The picture as a file; what it is says the file itself",
    required = true,
    content = {
      // First, since generated clients take it: some of them write other bodies as JSON.
      @Content(
          mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
          schema = @Schema(type = "object", requiredProperties = "picture"),
          schemaProperties =
              @SchemaProperty(
                  name = "picture",
                  schema = @Schema(type = "string", format = "binary"))),
      @Content(
          mediaType = MediaType.IMAGE_PNG_VALUE,
          schema = @Schema(type = "string", format = "binary")),
      @Content(
          mediaType = MediaType.IMAGE_JPEG_VALUE,
          schema = @Schema(type = "string", format = "binary")),
      @Content(mediaType = "image/bmp", schema = @Schema(type = "string", format = "binary")),
      @Content(mediaType = "image/tiff", schema = @Schema(type = "string", format = "binary")),
      @Content(mediaType = "image/webp", schema = @Schema(type = "string", format = "binary")),
      @Content(
          mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
          schema = @Schema(type = "string", format = "binary"))
    })
@interface PictureBody {

  /** Any picture; the file itself tells which. Whoever says nothing sends bytes. */
  String IMAGE = "image/*";
}
