package io.github.anople.torch.pretrained;

import io.github.anople.core.InputException;
import io.github.anople.core.InputException.Topic;
import io.github.anople.core.Sha256;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.torch.backbone.BackboneCatalog;
import io.github.anople.torch.backbone.BackboneKind;
import io.github.anople.torch.backbone.BackboneRelease;
import io.github.anople.torch.backbone.BackboneStore;
import io.github.anople.torch.encoder.dino.DinoEncoder;
import io.github.anople.torch.encoder.dino.DinoModel;
import io.github.anople.torch.encoder.dino.DinoSettings;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** Finds and loads DINOv2 by what a person calls it: a name, a folder, or a weights file. */
public final class DinoEncoders {

  private DinoEncoders() {}

  /**
   * Finds a DINOv2's weights.
   *
   * @param asked a name in the user's store, a folder or a weights file
   * @return its weights, not loaded
   * @throws InputException if there is no such DINOv2, or it is not whole
   */
  public static DinoCheckpoint find(String asked) {
    return find(asked, BackboneStore.standard());
  }

  static DinoCheckpoint find(String asked, BackboneStore store) {
    Optional<Path> file = Backbones.path(asked).filter(Files::isRegularFile);
    if (file.isPresent()) {
      return DinoCheckpoint.open(file.get(), OptionalInt.empty());
    }
    return store
        .encoder(asked)
        .map(DinoCheckpoint::open)
        .orElseThrow(
            () ->
                new InputException(
                        "encoder " + InputException.quoted(asked),
                        "is neither a DINOv2 installed in "
                            + store.folder()
                            + " nor a folder or file of one",
                        "pull " + names() + ", or give a folder or a .pth file")
                    .about(Topic.BACKBONE));
  }

  /**
   * A DINOv2 of the user's store.
   *
   * @param name as it is pulled
   * @return its weights, not loaded
   * @throws InputException if it is not installed, or not whole
   */
  public static DinoCheckpoint installed(String name) {
    return installed(name, BackboneStore.standard());
  }

  static DinoCheckpoint installed(String name, BackboneStore store) {
    return store
        .encoder(store.folder().resolve(name).toString())
        .map(DinoCheckpoint::open)
        .orElseThrow(
            () ->
                new InputException(
                        "encoder " + InputException.quoted(name),
                        "is not installed in " + store.folder(),
                        "pull it (anople backbone pull " + name + ")")
                    .about(Topic.BACKBONE));
  }

  private static String names() {
    return BackboneCatalog.standard().of(BackboneKind.DINOV2).stream()
        .map(BackboneRelease::name)
        .collect(Collectors.joining(" or "));
  }

  /**
   * A DINOv2, if that is what is meant: whoever takes several kinds asks this first.
   *
   * @param asked a name in the user's store, a folder or a weights file
   * @return its weights, not loaded; empty if it is something else or not there
   * @throws InputException if it is a DINOv2 and not whole
   */
  public static Optional<DinoCheckpoint> recognise(String asked) {
    Optional<Path> file = Backbones.path(asked).filter(Files::isRegularFile);
    if (file.isPresent()) {
      return file.filter(DinoEncoders::isDino)
          .map(weights -> DinoCheckpoint.open(weights, OptionalInt.empty()));
    }
    return BackboneStore.standard().encoder(asked).map(DinoCheckpoint::open);
  }

  /** What cannot be read is left for another to refuse. */
  private static boolean isDino(Path file) {
    try {
      return DinoLayout.of(WeightsFile.open(file).tensors().keySet()).isPresent();
    } catch (InputException e) {
      return false;
    }
  }

  /**
   * Finds and loads a DINOv2; its hash is computed beside, and compared with the one recorded when
   * it was pulled.
   *
   * @param asked as for {@link #find}
   * @param settings how to look through it
   * @param precision number format of the matrix products
   * @param device where to compute
   * @return an encoder to close, and its identity
   * @throws InputException as {@link #find}, if its weights are unusable or others than were
   *     pulled, or if the settings ask for what it does not have
   */
  public static LoadedDino open(
      String asked, DinoSettings settings, Precision precision, ComputeDevice device) {
    return open(find(asked), settings, precision, device);
  }

  /**
   * Loads a DINOv2.
   *
   * @param checkpoint its weights
   * @param settings how to look through it
   * @param precision number format of the matrix products
   * @param device where to compute
   * @return an encoder to close, and its identity
   * @throws InputException as {@link #open(String, DinoSettings, Precision, ComputeDevice)}
   */
  public static LoadedDino open(
      DinoCheckpoint checkpoint, DinoSettings settings, Precision precision, ComputeDevice device) {
    Loaded loaded = load(checkpoint, precision, device);
    try {
      return new LoadedDino(
          new DinoEncoder(loaded.model(), settings),
          new Provenance.Backbone(checkpoint.config().name(), loaded.sha256()));
    } catch (RuntimeException e) {
      loaded.model().close();
      throw e;
    }
  }

  /**
   * A model with its weights' hash.
   *
   * @param model to close
   * @param sha256 64 lower-case hexadecimal digits
   */
  record Loaded(DinoModel model, String sha256) {}

  /** Loads a model; its hash is computed beside, and compared with the recorded one. */
  static Loaded load(DinoCheckpoint checkpoint, Precision precision, ComputeDevice device) {
    CompletableFuture<String> hash =
        CompletableFuture.supplyAsync(() -> Sha256.of(checkpoint.weightsFile()));
    DinoModel model = checkpoint.load(precision, device);
    try {
      String sha256 = hash.join();
      requireRecorded(checkpoint, sha256);
      return new Loaded(model, sha256);
    } catch (CompletionException e) {
      model.close();
      throw e.getCause() instanceof InputException fault ? fault : e;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private static void requireRecorded(DinoCheckpoint checkpoint, String sha256) {
    checkpoint
        .recordedSha256()
        .filter(recorded -> !recorded.equals(sha256))
        .ifPresent(
            recorded -> {
              throw new InputException(
                  checkpoint.weightsFile(),
                  "has the SHA-256 " + sha256 + ", not " + recorded + " as when it was pulled",
                  "pull it again");
            });
  }
}
