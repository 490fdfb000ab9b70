#!/bin/sh
# Make clip.mp4 anew: two seconds of a test card with a moving square, eight frames of H.264.
#
# Bit-exact, so that the same release of ffmpeg and x264 gives the same bytes; no edit list and
# times in milliseconds, so that `container.py` can stretch it to any length.
set -eu
cd "$(dirname "$0")"
ffmpeg -v error -y -f lavfi \
    -i "smptebars=size=320x180:rate=4:duration=2,drawbox=x=40*t:y=60:w=40:h=60:color=white:t=fill" \
    -c:v libx264 -profile:v baseline -preset veryslow -crf 40 -g 8 -bf 0 -pix_fmt yuv420p \
    -bsf:v filter_units=remove_types=6 -flags:v +bitexact -fflags +bitexact -map_metadata -1 \
    -use_editlist 0 -movie_timescale 1000 -video_track_timescale 1000 -movflags +faststart clip.mp4
