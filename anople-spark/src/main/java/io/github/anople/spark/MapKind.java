package io.github.anople.spark;

import io.github.anople.core.InputException;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.ImageEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** What a result has of a picture's map. */
enum MapKind {
  /** Nothing: the column is null. */
  NONE {
    @Override
    Object of(ScoreMap map) {
      return null;
    }
  },
  /** A greyscale PNG of 16 bits, as {@link ScoreMap#greyImage} draws it. */
  PNG {
    @Override
    Object of(ScoreMap map) {
      return ImageEncoder.png(map.greyImage());
    }
  },
  /** The values, rows of columns. */
  ARRAY {
    @Override
    DataType type() {
      return DataTypes.createArrayType(
          DataTypes.createArrayType(DataTypes.FloatType, false), false);
    }

    @Override
    Object of(ScoreMap map) {
      float[] values = map.toArray();
      Float[][] rows = new Float[map.height()][map.width()];
      for (int i = 0; i < values.length; i++) {
        rows[i / map.width()][i % map.width()] = values[i];
      }
      return rows;
    }
  };

  /** The type of the column {@code map}. */
  DataType type() {
    return DataTypes.BinaryType;
  }

  /** The column's value. */
  abstract Object of(ScoreMap map);

  static MapKind of(String id) {
    return Arrays.stream(values())
        .filter(kind -> kind.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "map",
                    InputException.quoted(id) + " is no kind of map",
                    "use one of " + String.join(", ", ids())));
  }

  /** All of them. */
  static List<String> ids() {
    return Arrays.stream(values()).map(MapKind::id).toList();
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
