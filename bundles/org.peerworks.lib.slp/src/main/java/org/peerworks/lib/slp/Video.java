package org.peerworks.lib.slp;

import java.util.Optional;

/**
 * A video that frames belong to.
 *
 * @param filename of the video; of the video that the images came from if they are embedded; may be
 *     empty
 * @param embedded the images that are in the file, if any
 */
public record Video(String filename, Optional<EmbeddedFrames> embedded) {}
