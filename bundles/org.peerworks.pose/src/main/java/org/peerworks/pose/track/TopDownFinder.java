package org.peerworks.pose.track;

import java.util.ArrayList;
import java.util.List;
import org.peerworks.pose.image.Affine;
import org.peerworks.pose.image.InputShape;
import org.peerworks.pose.image.Raster;
import org.peerworks.pose.net.PeakFinder;
import org.peerworks.pose.net.PeakFinder.Peak;

/**
 * Finds where animals are with one network, and the parts of each, in a crop around it, with
 * another.
 */
final class TopDownFinder implements AnimalFinder {

  /** A crop around an animal in one of the images. */
  private record Crop(int image, Affine toInput) {}

  private final PoseModel centroid;
  private final PoseModel instance;
  private final PeakFinder places;
  private final PeakFinder parts;
  private final int mostAnimals;
  private final int batch;

  /**
   * @param mostAnimals in one image; the most certain ones are taken
   * @param batch crops that go through the network at once
   */
  TopDownFinder(
      PoseModel centroid, PoseModel instance, double threshold, int mostAnimals, int batch) {
    this.centroid = centroid;
    this.instance = instance;
    this.mostAnimals = mostAnimals;
    this.batch = batch;
    places = centroid.finder(threshold);
    parts = instance.finder(threshold);
  }

  @Override
  public List<String> parts() {
    return instance.parts();
  }

  @Override
  public Prepared prepare(List<Raster> images) {
    return AnimalFinder.whole(images, centroid);
  }

  @Override
  public List<List<Found>> find(Prepared prepared) {
    List<Raster> images =
        prepared.images().stream()
            .map(image -> image.withChannels(instance.shape().channels()))
            .toList();
    List<Crop> crops = crops(images, centroid.answer(images.size(), prepared.inputs()));
    List<List<Found>> found = new ArrayList<>();
    images.forEach(image -> found.add(new ArrayList<>()));
    for (int from = 0; from < crops.size(); from += batch) {
      find(images, crops.subList(from, Math.min(crops.size(), from + batch)), found);
    }
    return found;
  }

  private List<Crop> crops(List<Raster> images, float[] maps) {
    List<Crop> crops = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      int height = images.get(i).height();
      int width = images.get(i).width();
      Affine toImage = centroid.shape().from(height, width).inverse();
      for (Peak peak : places.all(maps, i * centroid.answerSize(), mostAnimals)) {
        Peak place = AnimalFinder.moved(peak, toImage);
        crops.add(new Crop(i, instance.shape().around(height, width, place.x(), place.y())));
      }
    }
    return crops;
  }

  private void find(List<Raster> images, List<Crop> crops, List<List<Found>> found) {
    InputShape shape = instance.shape();
    float[] inputs = new float[Math.multiplyExact(crops.size(), shape.size())];
    for (int i = 0; i < crops.size(); i++) {
      Crop crop = crops.get(i);
      crop.toInput()
          .draw(images.get(crop.image()), shape.height(), shape.width(), inputs, i * shape.size());
    }
    float[] maps = instance.answer(crops.size(), inputs);
    for (int i = 0; i < crops.size(); i++) {
      Affine toImage = crops.get(i).toInput().inverse();
      Found animal =
          new Found(
              parts.highest(maps, i * instance.answerSize(), instance.maps()).stream()
                  .map(peak -> peak.map(at -> AnimalFinder.moved(at, toImage)))
                  .toList());
      if (!animal.isEmpty()) {
        found.get(crops.get(i).image()).add(animal);
      }
    }
  }

  @Override
  public void close() {
    instance.close();
    centroid.close();
  }
}
