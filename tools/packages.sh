# The Debian packages that Peerworks needs beside a JDK and Maven. Sourced by quickstart and verify.

# webrtc-java links against these, also on a machine without sound and display.
webrtc_packages='libpulse0 libudev1 libx11-6 libxfixes3 libxrandr2 libxcomposite1 libdbus-1-3'

# setsid, prlimit and env, for the programs of jobs; normally there.
run_packages="$webrtc_packages util-linux coreutils"

# strace shows that jobs are synced before they are acknowledged; kill (procps) ends real processes; a FUSE file system
# (fusepy) forgets as a power cut does; ssh opens the shell from far; h5py reads what we write as SLEAP does; zsh completes
# commands; Chromium shows pages. Stand-ins of the first sleap-rtc programs are written with the others.
test_packages="$run_packages strace procps openssh-client python3-h5py zsh python3-aiortc python3-websockets python3-zmq python3-fusepy chromium chromium-driver"
