package org.peerworks.lib.slp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Spoils bytes, reproducibly: input n of a seed is always the same. */
final class Fuzz {

  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    7,
    8,
    255,
    256,
    65_535,
    65_536,
    1L << 31,
    (1L << 31) - 1,
    1L << 32,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    0x7fff_ffffL,
    0xffff_ffffL
  };

  private Fuzz() {}

  /** The seed of a run, which is told. */
  static long seed(int inputs, String what) {
    long seed = Long.getLong("fuzz.seed", 20_261_121);
    System.out.printf("%,d %s, -Dfuzz.seed=%d%n", inputs, what, seed);
    return seed;
  }

  static Random random(long seed, int number) {
    return new Random(seed * 1_000_003 + number);
  }

  static byte[] spoil(byte[] sound, Random random) {
    byte[] bytes = sound.clone();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      bytes = spoilOnce(bytes, random);
    }
    return bytes;
  }

  private static byte[] spoilOnce(byte[] bytes, Random random) {
    if (bytes.length < 16) {
      return bytes;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int at = random.nextInt(bytes.length - 8);
    switch (random.nextInt(9)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 ->
          Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(64)), (byte) 0);
      case 3 -> buffer.putLong(at, NUMBERS[random.nextInt(NUMBERS.length)]);
      case 4 -> buffer.putInt(at, (int) NUMBERS[random.nextInt(NUMBERS.length)]);
      case 5 -> redirect(buffer, random);
      case 6 -> redirect(buffer, random);
      case 7 -> {
        int from = random.nextInt(bytes.length);
        int length = Math.min(random.nextInt(256), bytes.length - Math.max(from, at));
        System.arraycopy(bytes, from, bytes, at, Math.max(0, length));
      }
      default -> {
        return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
      }
    }
    return bytes;
  }

  /** Makes something that looks like an address or a length lead elsewhere. */
  private static void redirect(ByteBuffer buffer, Random random) {
    int size = buffer.capacity();
    int start = random.nextInt(size - 8);
    for (int i = 0; i < size - 8; i++) {
      int at = (start + i) % (size - 8);
      long value = buffer.getLong(at);
      if (value > 8 && value < size) {
        long other = buffer.getLong(random.nextInt(size - 8));
        boolean known = random.nextBoolean() && other > 0 && other < size;
        buffer.putLong(at, known ? other : random.nextInt(4) == 0 ? at : random.nextInt(size));
        return;
      }
    }
  }
}
