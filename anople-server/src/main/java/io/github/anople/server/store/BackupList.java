package io.github.anople.server.store;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a backup says of itself, in its first file.
 *
 * @param format of the backup
 * @param schema version of the tables
 * @param tables SHA-256 of each table's file
 */
record BackupList(int format, String schema, Map<String, String> tables) {

  static final String NAME = "anople-backup.json";
  static final int FORMAT = 1;
  private static final int MOST_BYTES = 1 << 20;

  private static final JsonMapper JSON = new JsonMapper();

  /** The name of a table's file in the ZIP. */
  static String table(String name) {
    return "tables/" + name + ".jsonl";
  }

  /** The name of a content file in the ZIP. */
  static String content(String sha256) {
    return "content/" + sha256;
  }

  byte[] json() {
    return JSON.writeValueAsBytes(this);
  }

  static BackupList read(ZipFile zip, Path file) throws IOException {
    ZipEntry entry = zip.getEntry(NAME);
    if (entry == null) {
      throw new InputException(file, "is no backup of a server", "give the ZIP of Download backup");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      BackupList list = JSON.readValue(in.readNBytes(MOST_BYTES), BackupList.class);
      if (list.format != FORMAT || list.schema == null || list.tables == null) {
        throw new InputException(
            file, "is a backup of another format", "restore it with the version that made it");
      }
      return list;
    } catch (JacksonException e) {
      throw new InputException(
          file, "is damaged: " + NAME + " cannot be read", "take another backup", e);
    }
  }
}
