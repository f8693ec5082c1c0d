package io.github.anople.server.exchange;

import io.github.anople.core.InputException;
import io.github.anople.inspect.data.DataLayout;
import io.github.anople.inspect.data.ImageFiles;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.data.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pictures of a published data set's folders: those to learn from first, then the others. */
final class LayoutPictures {

  private LayoutPictures() {}

  static Found find(Path folder, DataLayout layout) {
    InspectionDataset data = layout.read(folder, List.of());
    if (data.categories().size() > 1) {
      throw new InputException(
          folder,
          "has pictures of %d products (%s)"
              .formatted(data.categories().size(), String.join(", ", data.categoryNames())),
          "name the folder of one of them");
    }
    List<Sample> samples = new ArrayList<>(data.train());
    samples.addAll(data.test());
    List<String> faults = new ArrayList<>(Found.lines(data.remarks()));
    List<Found.Picture> pictures = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    for (Sample sample : samples) {
      Optional<Path> file = Found.inside(folder, sample.image());
      if (file.isEmpty()) {
        faults.add(sample.image() + " leads out of the folder: put the picture itself there");
      } else if (seen.add(file.get())) {
        pictures.add(new Found.Picture(file.get(), name(folder, sample), sample.label()));
      }
    }
    return new Found(pictures, faults);
  }

  private static String name(Path folder, Sample sample) {
    String path = ImageFiles.slashed(folder.relativize(sample.image()));
    return sample.label() == Label.ANOMALOUS ? path + " (" + sample.defectType() + ")" : path;
  }
}
