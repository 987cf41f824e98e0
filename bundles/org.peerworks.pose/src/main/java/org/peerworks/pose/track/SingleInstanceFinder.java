package org.peerworks.pose.track;

import java.util.ArrayList;
import java.util.List;
import org.peerworks.pose.image.Affine;
import org.peerworks.pose.image.Raster;
import org.peerworks.pose.net.PeakFinder;

/** Finds the only animal of each image by the highest place of each part's map. */
final class SingleInstanceFinder implements AnimalFinder {

  private final PoseModel model;
  private final PeakFinder peaks;

  SingleInstanceFinder(PoseModel model, double threshold) {
    this.model = model;
    peaks = model.finder(threshold);
  }

  @Override
  public List<String> parts() {
    return model.parts();
  }

  @Override
  public Prepared prepare(List<Raster> images) {
    return AnimalFinder.whole(images, model);
  }

  @Override
  public List<List<Found>> find(Prepared prepared) {
    List<Raster> images = prepared.images();
    float[] maps = model.answer(images.size(), prepared.inputs());
    List<List<Found>> found = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      Raster image = images.get(i);
      Affine toImage = model.shape().from(image.height(), image.width()).inverse();
      Found animal =
          new Found(
              peaks.highest(maps, i * model.answerSize(), model.maps()).stream()
                  .map(peak -> peak.map(at -> AnimalFinder.moved(at, toImage)))
                  .toList());
      found.add(animal.isEmpty() ? List.of() : List.of(animal));
    }
    return found;
  }

  @Override
  public void close() {
    model.close();
  }
}
