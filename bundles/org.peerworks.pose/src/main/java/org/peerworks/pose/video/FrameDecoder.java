package org.peerworks.pose.video;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;
import org.peerworks.pose.UserError;

/**
 * Decodes a video frame by frame, in the order in which frames are shown. Owns native memory, and
 * its input, until it is closed. Not thread-safe.
 */
final class FrameDecoder implements AutoCloseable {

  private static final int MOST_THREADS = 4;

  private final MediaInput input;
  private final AVCodecContext codec;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();
  private boolean drained;
  private boolean damaged;
  private long soundFrom = Long.MIN_VALUE;

  private FrameDecoder(MediaInput input, AVCodecContext codec) {
    this.input = input;
    this.codec = codec;
  }

  /** Opens a file and stands before its first frame. */
  static FrameDecoder open(java.nio.file.Path path, VideoLimits limits) throws UserError {
    MediaInput input = MediaInput.open(path, limits);
    try {
      return new FrameDecoder(input, codec(input, limits));
    } catch (UserError | RuntimeException e) {
      input.close();
      throw e;
    }
  }

  private static AVCodecContext codec(MediaInput input, VideoLimits limits) throws UserError {
    AVCodec decoder = avcodec.avcodec_find_decoder(input.parameters().codec_id());
    if (decoder == null || decoder.isNull()) {
      throw UserError.data(
          "There is no decoder for the video in '%s' (%s). Convert it to H.264 in an '.mp4' file.",
          input.path(), avcodec.avcodec_get_name(input.parameters().codec_id()).getString());
    }
    AVCodecContext codec = avcodec.avcodec_alloc_context3(decoder);
    try {
      int error = avcodec.avcodec_parameters_to_context(codec, input.parameters());
      codec.max_pixels(limits.maxPixels());
      codec.thread_count(Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
      if (error >= 0) {
        error = avcodec.avcodec_open2(codec, decoder, (PointerPointer<?>) null);
      }
      if (error < 0) {
        throw UserError.data(
            "The video in '%s' cannot be decoded: %s. Convert it to H.264 in an '.mp4' file.",
            input.path(), FFmpeg.message(error));
      }
      return codec;
    } catch (UserError | RuntimeException e) {
      avcodec.avcodec_free_context(codec);
      throw e;
    }
  }

  MediaInput input() {
    return input;
  }

  /** The frame that {@link #next()} decoded; valid until the next call. */
  AVFrame frame() {
    return frame;
  }

  /** Whether anything since the start, or the last {@link #enter}, could not be decoded. */
  boolean isDamaged() {
    return damaged;
  }

  /**
   * Enters the video at a key frame. Frames that are shown before it may follow, damaged or not.
   *
   * @return whether the container can
   */
  boolean enter(FrameIndex.KeyFrame key) {
    if (!input.seek(key.decoded())) {
      return false;
    }
    avcodec.avcodec_flush_buffers(codec);
    avutil.av_frame_unref(frame);
    drained = false;
    damaged = false;
    soundFrom = key.shown();
    return true;
  }

  /**
   * Decodes the next frame.
   *
   * @return false at the end
   */
  boolean next() {
    while (true) {
      int error = avcodec.avcodec_receive_frame(codec, frame);
      if (error >= 0) {
        noteDamage();
        return true;
      }
      if (error == avutil.AVERROR_EOF) {
        return false;
      }
      if (error != org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN()) {
        damaged = true;
        if (drained) {
          return false;
        }
      }
      feed();
    }
  }

  private void feed() {
    int error = input.read(packet);
    if (error < 0) {
      damaged |= error != avutil.AVERROR_EOF;
      drained = true;
      avcodec.avcodec_send_packet(codec, null);
      return;
    }
    boolean broken = (packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0;
    boolean leading = packet.pts() != avutil.AV_NOPTS_VALUE && packet.pts() < soundFrom;
    broken |= avcodec.avcodec_send_packet(codec, packet) < 0;
    damaged |= broken && !leading;
    avcodec.av_packet_unref(packet);
  }

  private void noteDamage() {
    boolean broken =
        frame.decode_error_flags() != 0 || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0;
    boolean leading = frame.pts() != avutil.AV_NOPTS_VALUE && frame.pts() < soundFrom;
    damaged |= broken && !leading;
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(codec);
    input.close();
  }
}
