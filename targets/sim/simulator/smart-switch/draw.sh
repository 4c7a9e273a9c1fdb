#!/bin/sh
# Draws the pictures of the pane with ImageMagick, three times their size and then reduced: room.png, button.png, led.png.
# Each holds its states side by side, off first.
set -e
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
W=960 H=1200

rounded() { # <image>: the room's corners
	convert -size ${W}x${H} xc:black -fill white -draw "roundrectangle 0,0 959,1199 36,36" "$work/mask.png"
	convert "$1" "$work/mask.png" -alpha off -compose CopyOpacity -composite "$1"
}

wall() { # <image> <top> <bottom> <glow>
	convert -size ${W}x${H} gradient:"$2"-"$3" "$1"
	[ "$4" = none ] && return
	convert -size 2000x2000 radial-gradient:"$4"-black "$work/glow.png"
	convert "$1" "$work/glow.png" -geometry -520-600 -compose Screen -composite "$1"
}

lamp() { # <image> <shade top> <shade bottom> <bulb> <cord>
	convert "$1" -fill none -stroke "$5" -strokewidth 7 -draw "line 480,0 480,170" \
		-stroke none -fill "$4" -draw "circle 480,356 480,410" "$1"
	convert -size 420x220 gradient:"$2"-"$3" "$work/shade.png"
	convert -size 420x220 xc:black -fill white -draw "path 'M 130,14 Q 132,0 148,0 L 272,0 Q 288,0 290,14 L 418,204 Q 420,219 404,219 L 16,219 Q 0,219 2,204 Z'" "$work/shade-mask.png"
	convert "$work/shade.png" "$work/shade-mask.png" -alpha off -compose CopyOpacity -composite "$work/shade.png"
	convert "$1" "$work/shade.png" -geometry +270+164 -compose Over -composite "$1"
}

beam() { # <image>: what the lamp throws down
	convert -size ${W}x${H} xc:none -fill "#ffe2a030" -draw "polygon 290,384 670,384 900,1200 60,1200" -blur 0x34 "$work/beam.png"
	convert "$1" "$work/beam.png" -compose Screen -composite "$1"
}

plate() { # <image> <light> <dark> <rim>
	convert -size ${W}x${H} xc:none -fill "#000000a0" -draw "roundrectangle 318,640 642,1100 44,44" -blur 0x22 "$work/shadow.png"
	convert "$1" "$work/shadow.png" -geometry +0+16 -compose Over -composite "$1"
	convert -size 330x470 gradient:"$2"-"$3" "$work/plate.png"
	convert -size 330x470 xc:black -fill white -draw "roundrectangle 0,0 329,469 44,44" "$work/plate-mask.png"
	convert "$work/plate.png" "$work/plate-mask.png" -alpha off -compose CopyOpacity -composite "$work/plate.png"
	convert "$work/plate.png" -fill none -stroke "$4" -strokewidth 4 -draw "roundrectangle 2,2 327,467 42,42" "$work/plate.png"
	convert "$1" "$work/plate.png" -geometry +315+630 -compose Over -composite "$1"
}

button() { # <image> <light> <dark> <offset of the shadow> <blur>
	convert -size 300x300 xc:none -fill "#00000070" -draw "circle 150,150 150,258" -blur "0x$5" -roll "+0+$4" "$1"
	convert -size 220x220 gradient:"$2"-"$3" "$work/face.png"
	convert -size 220x220 xc:black -fill white -draw "circle 110,110 110,2" "$work/face-mask.png"
	convert "$work/face.png" "$work/face-mask.png" -alpha off -compose CopyOpacity -composite "$work/face.png"
	convert "$work/face.png" -fill none -stroke "#00000030" -strokewidth 3 -draw "circle 110,110 110,3" \
		-stroke "#8b95a5" -strokewidth 8 -draw "arc 70,70 150,150 -60,240" -draw "line 110,58 110,100" "$work/face.png"
	convert "$1" "$work/face.png" -geometry +40+40 -compose Over -composite "$1"
}

wall "$work/off.png" "#303848" "#1d222d" none
lamp "$work/off.png" "#8a3f30" "#6d3024" "#777b84" "#14171e"
plate "$work/off.png" "#cfd3da" "#aeb4bf" "#e4e7ec80"
rounded "$work/off.png"

wall "$work/on.png" "#5a4630" "#2c241d" "#c89b58"
beam "$work/on.png"
lamp "$work/on.png" "#d9583e" "#ff9a62" "#fffbe8" "#30261c"
plate "$work/on.png" "#fffdf8" "#e2d8c8" "#ffffffc0"
rounded "$work/on.png"

button "$work/up.png" "#ffffff" "#d4d8df" 12 10
button "$work/down.png" "#c3c8d1" "#dfe3e9" 2 4
convert -size 120x120 xc:none -fill "#5c6470" -draw "circle 60,60 60,74" "$work/dark.png"
convert -size 120x120 xc:none -fill "#35e07acc" -draw "circle 60,60 60,88" -blur 0x12 \
	-fill "#7dffae" -draw "circle 60,60 60,74" "$work/light.png"

join() { # <name> <off> <on>
	convert "$2" "$3" +append -filter Lanczos -resize 33.3333% -depth 8 -define png:compression-level=9 -strip "$1"
}
join room.png "$work/off.png" "$work/on.png"
join button.png "$work/up.png" "$work/down.png"
join led.png "$work/dark.png" "$work/light.png"
