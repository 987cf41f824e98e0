"""The archives that clients send (§2.2, §3.2) and how workers read their scripts."""

import io
import os
import random
import re
import zipfile

TRAIN_LINE = re.compile(r"^\s*sleap-(?:nn\s+)?train\s+.*--config-name\s+(\S+)", re.MULTILINE)  # §2.2
TRACK_LINE = re.compile(r"^\s*sleap-nn\s+track\s+(.+)", re.MULTILINE)  # §2.2


def config(labels, run="model"):
    return (f"data_config:\n  train_labels_path: [{labels}]\nmodel_config: {{}}\n"
            f"trainer_config:\n  run_name: {run}\n  ckpt_dir: models\n")


def zipped(entries):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def noise(size, name=""):
    """Bytes that no compression shortens; others for another name."""
    return random.Random(f"{name}{size}").randbytes(size)


def training(stem, labels="labels.slp", size=2000, configs=("centroid.yaml",), folder=True):
    """§3.2: one folder of the archive's stem."""
    top = stem + "/" if folder else ""
    lines = [f"sleap-nn train --config-name {name} --config-dir . trainer_config.ckpt_dir=models\n" for name in configs]
    entries = [(top + "train-script.sh", "#!/bin/bash\n" + "".join(lines))]
    entries += [(top + name, config(labels, name.removesuffix(".yaml"))) for name in configs]
    entries.append((top + labels, noise(size)))
    return zipped(entries)


def tracking(data="labels.slp", size=2000, out="predictions.slp", folder="", more=""):
    """§2.2: flat, as every released client sends it; `folder` makes what a worker of that time looks for."""
    top = folder + "/" if folder else ""
    script = (f"#!/bin/bash\nsleap-nn track --data_path {data} \\\n    --only_suggested_frames \\\n"
              f"    --model_paths models/centroid \\\n    -o {out}{more}\n")
    return zipped([(top + "track-script.sh", script), (top + data, noise(size)),
                   (top + "models/centroid/best.ckpt", b"weights"),
                   (top + "models/centroid/training_config.yaml", config(data))])


def trained_names(script):
    """§2.2: each physical line by itself, no quoting."""
    return TRAIN_LINE.findall(script)


def track_words(script):
    """§2.2: lines are joined at a backslash, then split on white space."""
    found = TRACK_LINE.search(script.replace("\\\n", " "))
    return found.group(1).split() if found else None


def packed(directory):
    """The result of a training: what lies in the directory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for root, _, names in os.walk(directory):
            for name in names:
                path = os.path.join(root, name)
                archive.write(path, os.path.relpath(path, directory))
    return buffer.getvalue()
