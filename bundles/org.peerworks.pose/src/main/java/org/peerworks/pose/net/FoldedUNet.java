package org.peerworks.pose.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A trained network that only answers: each normalization is part of the convolution before it, and
 * what is not needed any more is freed at once. Not thread-safe.
 */
public final class FoldedUNet {

  private static final Shape ONE = new Shape(1, 1);
  private static final Shape TWO = new Shape(2, 2);
  private static final Shape NONE = new Shape(0, 0);
  private static final double EPSILON = 1e-5;

  /** A convolution that keeps the size, and whether what is negative becomes 0. */
  private record Layer(NDArray weight, NDArray bias, boolean rectified) {

    NDArray apply(NDArray input) {
      long half = weight.getShape().get(2) / 2;
      NDArray output =
          Conv2d.conv2d(input, weight, bias, ONE, new Shape(half, half), ONE).singletonOrThrow();
      if (!rectified) {
        return output;
      }
      try (output) {
        return Activation.relu(output);
      }
    }
  }

  private final List<List<Layer>> encoder = new ArrayList<>();
  private final List<List<Layer>> decoder = new ArrayList<>();
  private final Layer head;

  /**
   * Takes over what a network has learned.
   *
   * @param manager owns the new weights
   */
  public FoldedUNet(UNet network, NDManager manager) {
    network.encoder().forEach(block -> encoder.add(layers(block, manager)));
    network.decoder().forEach(block -> decoder.add(layers(block, manager)));
    head =
        new Layer(
            copy(network.head(), "weight", manager), copy(network.head(), "bias", manager), false);
  }

  private static List<Layer> layers(Block block, NDManager manager) {
    List<Layer> layers = new ArrayList<>();
    Block convolution = null;
    for (Block child : block.getChildren().values()) {
      if (child instanceof Conv2d) {
        convolution = child;
      } else if (child instanceof BatchNorm) {
        layers.add(folded(convolution, child, manager));
      }
    }
    return layers;
  }

  private static Layer folded(Block convolution, Block norm, NDManager manager) {
    NDArray weight = copy(convolution, "weight", manager);
    NDArray bias = copy(convolution, "bias", manager);
    try (NDManager scope = manager.newSubManager()) {
      NDArray deviation = copy(norm, "runningVar", scope).add(EPSILON).sqrt();
      NDArray factor = copy(norm, "gamma", scope).div(deviation);
      weight.muli(factor.reshape(-1, 1, 1, 1));
      bias.subi(copy(norm, "runningMean", scope)).muli(factor).addi(copy(norm, "beta", scope));
    }
    return new Layer(weight, bias, true);
  }

  private static NDArray copy(Block block, String name, NDManager manager) {
    NDArray array = block.getParameters().get(name).getArray();
    return manager.create(array.toFloatArray(), array.getShape());
  }

  /**
   * Answers some inputs.
   *
   * @param images stays with the caller
   * @return belongs to the manager of the images
   */
  public NDArray answer(NDArray images) {
    Deque<NDArray> seen = new ArrayDeque<>();
    NDArray current = apply(encoder.get(0), UNet.channelsLast(images));
    for (List<Layer> layers : encoder.subList(1, encoder.size())) {
      seen.push(current);
      current = apply(layers, Pool.maxPool2d(current, TWO, TWO, NONE, false));
    }
    for (List<Layer> layers : decoder) {
      try (NDArray skip = seen.pop();
          NDArray small = current;
          NDArray larger = UNet.enlarged(small, skip)) {
        current = apply(layers, larger.concat(skip, 1));
      }
    }
    seen.forEach(NDArray::close);
    try (NDArray last = current) {
      return head.apply(last);
    }
  }

  /** Frees the input. */
  private static NDArray apply(List<Layer> layers, NDArray input) {
    NDArray current = input;
    for (Layer layer : layers) {
      try (NDArray before = current) {
        current = layer.apply(before);
      }
    }
    return current;
  }
}
