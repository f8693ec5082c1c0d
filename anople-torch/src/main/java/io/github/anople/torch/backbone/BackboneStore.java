package io.github.anople.torch.backbone;

import io.github.anople.core.InputException;
import io.github.anople.core.InputException.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The installed backbones: a folder with a folder for each, and the rule by which one is found. */
public final class BackboneStore {

  /** The environment variable that names the backbone to use when a command does not. */
  public static final String VARIABLE = "ANOPLE_BACKBONE";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,199}");

  private final Path folder;
  private final Optional<String> preferred;
  private final Optional<BuiltInBackbone> builtIn;

  /**
   * A store without a built-in backbone.
   *
   * @param folder the folder of backbones; need not exist
   * @param environment the environment variables, of which {@value #VARIABLE} is read
   */
  public BackboneStore(Path folder, Map<String, String> environment) {
    this(folder, environment, Optional.empty());
  }

  /**
   * A store.
   *
   * @param folder the folder of backbones; need not exist. The built-in one is unpacked beside it
   * @param environment the environment variables, of which {@value #VARIABLE} is read
   * @param builtIn the backbone to use when there is no other
   */
  public BackboneStore(
      Path folder, Map<String, String> environment, Optional<BuiltInBackbone> builtIn) {
    this.folder = folder;
    this.builtIn = builtIn;
    this.preferred = Optional.ofNullable(environment.get(VARIABLE)).filter(v -> !v.isBlank());
  }

  /**
   * The store of this user, with the backbone that comes with the program where one does.
   *
   * @return a store below the user's home folder, which heeds the environment
   */
  public static BackboneStore standard() {
    return new BackboneStore(
        defaultFolder(Path.of(System.getProperty("user.home"))),
        System.getenv(),
        ServiceLoader.load(BackboneProvider.class).findFirst().map(BackboneProvider::builtIn));
  }

  /**
   * Where backbones are kept unless told otherwise.
   *
   * @param home the user's home folder
   * @return {@code home/.cache/anople/backbones}
   */
  public static Path defaultFolder(Path home) {
    return home.resolve(".cache").resolve("anople").resolve("backbones");
  }

  /** Whether a text can name a backbone: one folder below the store, never a way out of it. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /**
   * The folder of backbones.
   *
   * @return the folder, which may not exist
   */
  public Path folder() {
    return folder;
  }

  /**
   * Where the built-in backbone is unpacked: beside the store, since it is not the user's to keep.
   *
   * @return the folder, which may not exist
   */
  public Path builtInFolder() {
    return folder.resolveSibling("builtin");
  }

  /**
   * The backbone that was chosen: the one asked for, else the one that {@value #VARIABLE} names,
   * else the store's (the catalog's first that is installed, or the only one).
   *
   * @param nameOrDirectory a name in the store, or a folder; a name wins over a folder of that name
   * @return the backbone; empty if nothing is named and nothing is installed, so that {@link
   *     #locate} takes the built-in one
   * @throws InputException if the one named is not there or not whole, or if several are installed
   *     and nothing tells which
   */
  public Optional<Backbone> find(Optional<String> nameOrDirectory) {
    if (nameOrDirectory.isPresent()) {
      return Optional.of(named("backbone", nameOrDirectory.get()));
    }
    if (preferred.isPresent()) {
      return Optional.of(named(VARIABLE, preferred.get()));
    }
    return installedDefault();
  }

  /**
   * The backbone that comes with the program.
   *
   * @return the built-in backbone, unless something of its name is installed and hides it
   */
  public Optional<BuiltInBackbone> builtIn() {
    return builtIn.filter(backbone -> !isInstalled(backbone.name()));
  }

  /**
   * The backbone to use: as {@link #find}, else the built-in one, unpacked beside the store.
   *
   * @param nameOrDirectory a name in the store, the built-in one's name, or a folder
   * @return the backbone
   * @throws InputException as {@link #find}, and if nothing is named, installed or built in
   */
  public Backbone locate(Optional<String> nameOrDirectory) {
    return find(nameOrDirectory)
        .or(() -> builtIn.map(this::unpacked))
        .orElseThrow(
            () ->
                new InputException(
                        "backbone",
                        "none is named, " + VARIABLE + " is not set, and " + folder + " holds none",
                        pull(BackboneCatalog.standard().releases().get(0).name()))
                    .about(Topic.BACKBONE));
  }

  /**
   * The installed backbones, by name. Folders that are not whole are left out.
   *
   * @return the backbones, sorted by their folder's name
   * @throws InputException if the store cannot be listed
   */
  public List<Backbone> list() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    return directories().stream().flatMap(directory -> whole(directory).stream()).toList();
  }

  /**
   * The installed DINOv2 encoders, by name. Folders that are not whole are left out.
   *
   * @return the encoders, sorted by their folder's name
   * @throws InputException if the store cannot be listed
   */
  public List<DinoFiles> encoders() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    return directories().stream().flatMap(directory -> wholeEncoder(directory).stream()).toList();
  }

  private static Optional<DinoFiles> wholeEncoder(Path directory) {
    try {
      return DinoFiles.of(directory);
    } catch (InputException e) {
      return Optional.empty();
    }
  }

  /**
   * The DINOv2 of a name or a folder.
   *
   * @param nameOrDirectory a name in the store, or a folder; a name wins over a folder of that name
   * @return its files; empty if nothing of that name is there, or it is something else
   * @throws InputException if it is there and not whole
   */
  public Optional<DinoFiles> encoder(String nameOrDirectory) {
    Path directory =
        isInstalled(nameOrDirectory)
            ? folder.resolve(nameOrDirectory)
            : path("encoder " + InputException.quoted(nameOrDirectory), nameOrDirectory);
    return Files.isDirectory(directory) ? DinoFiles.of(directory) : Optional.empty();
  }

  /** Empty for a download that was interrupted, or something else that lies there. */
  private static Optional<Backbone> whole(Path directory) {
    try {
      return Optional.of(Backbone.open(directory));
    } catch (InputException e) {
      return Optional.empty();
    }
  }

  private List<Path> directories() {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new InputException(
          folder, "cannot be listed (" + e.getMessage() + ")", "check its permissions", e);
    }
  }

  private Optional<Backbone> installedDefault() {
    List<Backbone> installed = list();
    for (BackboneRelease release : BackboneCatalog.standard().of(BackboneKind.CLIP)) {
      for (Backbone backbone : installed) {
        if (backbone.directory().equals(folder.resolve(release.name()))) {
          return Optional.of(backbone);
        }
      }
    }
    if (installed.size() > 1) {
      throw new InputException(
              folder,
              "holds several backbones ("
                  + installed.stream().map(Backbone::name).collect(Collectors.joining(", "))
                  + ")",
              "name the one to use, or set " + VARIABLE)
          .about(Topic.BACKBONE);
    }
    return installed.stream().findFirst();
  }

  private Backbone named(String where, String nameOrDirectory) {
    String quoted = where + " \"" + nameOrDirectory + "\"";
    if (isInstalled(nameOrDirectory)) {
      return Backbone.open(folder.resolve(nameOrDirectory));
    }
    if (builtIn.isPresent() && builtIn.get().name().equals(nameOrDirectory)) {
      return unpacked(builtIn.get());
    }
    Path directory = path(quoted, nameOrDirectory);
    if (Files.isDirectory(directory)) {
      return Backbone.open(directory);
    }
    if (Files.exists(directory)) {
      throw new InputException(
          quoted, "is a file", "give the folder that holds it, with its vocabulary");
    }
    throw new InputException(
            quoted,
            "is neither installed in "
                + folder
                + " nor a folder ("
                + directory.toAbsolutePath()
                + ")",
            pull(
                BackboneCatalog.standard().of(BackboneKind.CLIP).stream()
                    .map(BackboneRelease::name)
                    .collect(Collectors.joining(" or "))))
        .about(Topic.BACKBONE);
  }

  private boolean isInstalled(String name) {
    return isName(name) && Files.isDirectory(folder.resolve(name));
  }

  private Backbone unpacked(BuiltInBackbone backbone) {
    return backbone.unpack(builtInFolder());
  }

  private static Path path(String where, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new InputException(
          where, "is not a path (" + e.getReason() + ")", "give a name or a folder");
    }
  }

  private static String pull(String names) {
    return "pull " + names + ", or give a backbone's folder";
  }
}
