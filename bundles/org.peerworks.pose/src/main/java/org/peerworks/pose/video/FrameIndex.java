package org.peerworks.pose.video;

import java.util.Arrays;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.peerworks.pose.UserError;

/**
 * When each frame of a video is shown, and from which key frame it is decoded; made from the
 * packets alone, without decoding.
 */
final class FrameIndex {

  /** Codecs with exactly one shown frame in each packet of an exact container. */
  private static final Set<Integer> ONE_TO_ONE =
      Set.of(
          avcodec.AV_CODEC_ID_H264,
          avcodec.AV_CODEC_ID_HEVC,
          avcodec.AV_CODEC_ID_MPEG4,
          avcodec.AV_CODEC_ID_VP9,
          avcodec.AV_CODEC_ID_AV1,
          avcodec.AV_CODEC_ID_MJPEG,
          avcodec.AV_CODEC_ID_PNG,
          avcodec.AV_CODEC_ID_FFV1,
          avcodec.AV_CODEC_ID_RAWVIDEO);

  /**
   * A place to enter the video.
   *
   * @param shown time of showing
   * @param decoded time of decoding, to seek by
   */
  record KeyFrame(long shown, long decoded) {}

  private final long[] shown;
  private final KeyFrame[] keyFrames;
  private final int missing;

  private FrameIndex(long[] shown, KeyFrame[] keyFrames, int missing) {
    this.shown = shown;
    this.keyFrames = keyFrames;
    this.missing = missing;
  }

  /**
   * Reads all packets of a video that is not needed afterwards.
   *
   * @return null if packets do not tell the order of the frames for sure: they have to be counted
   */
  static FrameIndex of(MediaInput input, VideoLimits limits) throws UserError {
    if (!input.isExact() || !ONE_TO_ONE.contains(input.parameters().codec_id())) {
      return null;
    }
    Scan scan = new Scan();
    AVPacket packet = avcodec.av_packet_alloc();
    try {
      while (scan.certain && input.read(packet) >= 0) {
        scan.add(packet);
        avcodec.av_packet_unref(packet);
        if (scan.count > limits.maxFrames()) {
          throw UserError.data(
              "'%s' has more than %d frames, which is the limit. Cut it into pieces.",
              input.path(), limits.maxFrames());
        }
      }
    } finally {
      avcodec.av_packet_free(packet);
    }
    return scan.index(input.announced());
  }

  /** Number of frames that there are. */
  int count() {
    return shown.length;
  }

  /** Frames that the container's table announces beyond those that there are. */
  int missing() {
    return missing;
  }

  long shown(int frame) {
    return shown[frame];
  }

  int keyFrames() {
    return keyFrames.length;
  }

  KeyFrame keyFrame(int number) {
    return keyFrames[number];
  }

  /** Number of the key frame from which a frame is decoded. */
  int keyFrameFor(int frame) {
    int low = 0;
    int high = keyFrames.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (keyFrames[middle].shown() <= shown[frame]) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** What the packets say, while they are read. */
  private static final class Scan {

    private long[] shown = new long[1024];
    private KeyFrame[] keys = new KeyFrame[16];
    private int count;
    private int keyCount;
    private int packets;
    private long first;
    private boolean certain = true;

    private void add(AVPacket packet) {
      boolean key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
      boolean unknown =
          packet.pts() == avutil.AV_NOPTS_VALUE || packet.dts() == avutil.AV_NOPTS_VALUE;
      if (packets++ == 0) {
        first = packet.pts();
        certain = key;
      }
      // A frame that is shown before the first key frame may be left out by the decoder.
      certain &= !unknown && packet.pts() >= first;
      if (key) {
        certain &= keyCount == 0 || packet.pts() > keys[keyCount - 1].shown();
        if (keyCount == keys.length) {
          keys = Arrays.copyOf(keys, 2 * keyCount);
        }
        keys[keyCount++] = new KeyFrame(packet.pts(), packet.dts());
      }
      if ((packet.flags() & avcodec.AV_PKT_FLAG_DISCARD) == 0) {
        if (count == shown.length) {
          shown = Arrays.copyOf(shown, 2 * count);
        }
        shown[count++] = packet.pts();
      }
    }

    private FrameIndex index(int announced) {
      long[] sorted = Arrays.copyOf(shown, count);
      Arrays.sort(sorted);
      for (int i = 1; i < count; i++) {
        certain &= sorted[i] > sorted[i - 1];
      }
      return certain && count > 0
          ? new FrameIndex(sorted, Arrays.copyOf(keys, keyCount), Math.max(0, announced - packets))
          : null;
    }
  }
}
