package org.peerworks.pose.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.initializer.XavierInitializer.FactorType;
import ai.djl.training.initializer.XavierInitializer.RandomType;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import org.peerworks.pose.config.ModelConfig;

/**
 * An encoder that halves the image step by step, a decoder that doubles it again and looks at what
 * the encoder saw at that size, and maps of what is to be found on top (Ronneberger et al., 2015;
 * laid out as in sleap-nn).
 */
public final class UNet extends AbstractBlock {

  private static final byte VERSION = 1;

  /** PyTorch's number for bilinear interpolation. */
  private static final int BILINEAR = 2;

  private static final Shape TWO = new Shape(2, 2);

  private final List<SequentialBlock> encoder = new ArrayList<>();
  private final List<SequentialBlock> decoder = new ArrayList<>();
  private final Conv2d head;
  private final int maps;
  private final int outputStride;

  /**
   * @param maps number of maps
   */
  public UNet(ModelConfig config, int maps) {
    super(VERSION);
    this.maps = maps;
    outputStride = config.head().outputStride();
    int levels = config.levels();
    for (int level = 0; level <= levels; level++) {
      int convolutions = level < levels || config.middleBlock() ? config.convsPerBlock() : 0;
      SequentialBlock block = new SequentialBlock();
      if (level > 0) {
        block.add(Pool.maxPool2dBlock(TWO, TWO));
      }
      add(block, config.filtersAt(level), convolutions, config.kernelSize());
      encoder.add(addChildBlock("encoder" + level, block));
    }
    int up = levels - Integer.numberOfTrailingZeros(outputStride);
    for (int step = 0; step < up; step++) {
      int level = levels - 1 - step;
      SequentialBlock block = new SequentialBlock();
      add(block, config.filtersAt(level), config.convsPerBlock(), config.kernelSize());
      decoder.add(addChildBlock("decoder" + level, block));
    }
    head =
        addChildBlock(
            "head", Conv2d.builder().setKernelShape(new Shape(1, 1)).setFilters(maps).build());
    RandomType type = config.xavier() ? RandomType.UNIFORM : RandomType.GAUSSIAN;
    FactorType factor = config.xavier() ? FactorType.AVG : FactorType.IN;
    setInitializer(
        new XavierInitializer(type, factor, config.xavier() ? 3 : 2), Parameter.Type.WEIGHT);
    // Starts with empty maps, which is nearly right everywhere.
    head.setInitializer(new NormalInitializer(0.001f), Parameter.Type.WEIGHT);
  }

  private static void add(SequentialBlock block, int filters, int convolutions, int kernel) {
    for (int i = 0; i < convolutions; i++) {
      block.add(
          Conv2d.builder()
              .setKernelShape(new Shape(kernel, kernel))
              .optPadding(new Shape(kernel / 2, kernel / 2))
              .setFilters(filters)
              .build());
      block.add(BatchNorm.builder().build());
      block.add(Activation.reluBlock());
    }
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    List<NDArray> seen = new ArrayList<>();
    NDList current = new NDList(channelsLast(inputs.singletonOrThrow()));
    for (SequentialBlock block : encoder) {
      current = block.forward(store, current, training);
      seen.add(current.singletonOrThrow());
    }
    for (int step = 0; step < decoder.size(); step++) {
      NDArray skip = seen.get(seen.size() - 2 - step);
      NDArray larger = enlarged(current.singletonOrThrow(), skip);
      current = decoder.get(step).forward(store, new NDList(larger.concat(skip, 1)), training);
    }
    return head.forward(store, current, training);
  }

  /**
   * The same numbers, but with those of all channels of a pixel side by side in memory, and so in
   * all that is made of them: convolutions are nearly twice as fast.
   */
  static NDArray channelsLast(NDArray images) {
    Shape shape = images.getShape();
    return images
        .transpose(0, 2, 3, 1)
        .flatten()
        .reshape(shape.get(0), shape.get(2), shape.get(3), shape.get(1))
        .transpose(0, 3, 1, 2);
  }

  /** Brings maps to the size of others. */
  static NDArray enlarged(NDArray maps, NDArray like) {
    long[] size = {like.getShape().get(2), like.getShape().get(3)};
    return maps.getNDArrayInternal().interpolation(size, BILINEAR, false);
  }

  List<SequentialBlock> encoder() {
    return encoder;
  }

  List<SequentialBlock> decoder() {
    return decoder;
  }

  Conv2d head() {
    return head;
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    List<Shape> seen = new ArrayList<>();
    Shape shape = inputs[0];
    for (SequentialBlock block : encoder) {
      block.initialize(manager, type, shape);
      shape = block.getOutputShapes(new Shape[] {shape})[0];
      seen.add(shape);
    }
    for (int step = 0; step < decoder.size(); step++) {
      Shape skip = seen.get(seen.size() - 2 - step);
      Shape joined = new Shape(skip.get(0), shape.get(1) + skip.get(1), skip.get(2), skip.get(3));
      decoder.get(step).initialize(manager, type, joined);
      shape = decoder.get(step).getOutputShapes(new Shape[] {joined})[0];
    }
    head.initialize(manager, type, shape);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape input = inputs[0];
    return new Shape[] {
      new Shape(input.get(0), maps, input.get(2) / outputStride, input.get(3) / outputStride)
    };
  }
}
