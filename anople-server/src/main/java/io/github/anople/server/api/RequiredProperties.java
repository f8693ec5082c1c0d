package io.github.anople.server.api;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Iterator;
import java.util.Optional;

/** What a record has without being optional is always there, and the document says so. */
final class RequiredProperties implements ModelConverter {

  @Override
  public Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    if (!chain.hasNext()) {
      return null;
    }
    Schema<?> schema = chain.next().resolve(type, context, chain);
    JavaType java = Json.mapper().constructType(type.getType());
    if (schema != null && java.isRecordType()) {
      Schema<?> model = model(schema, context);
      for (BeanPropertyDefinition property :
          Json.mapper().getSerializationConfig().introspect(java).findProperties()) {
        if (model != null && property.getRawPrimaryType() != Optional.class) {
          model.addRequiredItem(property.getName());
        }
      }
    }
    return schema;
  }

  private static Schema<?> model(Schema<?> schema, ModelConverterContext context) {
    String reference = schema.get$ref();
    return reference == null
        ? schema
        : context.getDefinedModels().get(reference.substring(reference.lastIndexOf('/') + 1));
  }
}
