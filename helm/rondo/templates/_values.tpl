{{/* A value as text: numbers without exponents, lists with commas, nothing for null. */}}
{{- define "rondo.text" -}}
{{- if kindIs "slice" . -}}
{{- join "," . -}}
{{- else if kindIs "float64" . -}}
{{- if eq (floor .) . }}{{ int64 . }}{{ else }}{{ . }}{{ end -}}
{{- else if not (kindIs "invalid" .) -}}
{{- toString . -}}
{{- end -}}
{{- end }}

{{/* The bytes of a quantity of Kubernetes, such as 1.5Gi. */}}
{{- define "rondo.bytes" -}}
{{- $text := include "rondo.text" . -}}
{{- $number := regexFind "^[0-9]+([.][0-9]+)?" $text -}}
{{- $factors := dict "" 1 "k" 1000 "M" 1000000 "G" 1000000000 "T" 1000000000000 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 -}}
{{- $factor := get $factors (trimPrefix $number $text) -}}
{{- if or (not $number) (not $factor) -}}
{{- fail (printf "'%s' is no amount of memory that this chart can read: say for example 2Gi" $text) -}}
{{- else -}}
{{- mulf (float64 $number) $factor | floor | int64 -}}
{{- end -}}
{{- end }}

{{/* The seconds of a time such as 20s or 2h. */}}
{{- define "rondo.seconds" -}}
{{- $factors := dict "s" 1 "m" 60 "h" 3600 "d" 86400 -}}
{{- mul (int64 (regexFind "^[0-9]+" .)) (get $factors (regexFind "[smhd]$" .)) -}}
{{- end }}

{{/* The number of copies, the larger quorum, and how many nodes may be away. */}}
{{- define "rondo.copies" -}}
{{- include "rondo.text" .Values.config.replicas | int | default (min 3 (int .Values.nodes)) -}}
{{- end }}

{{- define "rondo.quorum" -}}
{{- $majority := add 1 (div (int (include "rondo.copies" .)) 2) -}}
{{- $r := include "rondo.text" .Values.config.readQuorum | int | default (int $majority) -}}
{{- $w := include "rondo.text" .Values.config.writeQuorum | int | default (int $majority) -}}
{{- max $r $w -}}
{{- end }}

{{- define "rondo.spare" -}}
{{- max 0 (sub (int (include "rondo.copies" .)) (int (include "rondo.quorum" .))) -}}
{{- end }}

{{- define "rondo.memoryLimit" -}}
{{- $limits := .Values.resources.limits | default dict -}}
{{- if hasKey $limits "memory" }}{{ include "rondo.bytes" (get $limits "memory") }}{{ end -}}
{{- end }}

{{/* Heap and network buffers follow from the limit of memory; what is given in jvmOptions comes later and wins. */}}
{{- define "rondo.jvmOptions" -}}
{{- $options := list (printf "-XX:MaxRAMPercentage=%d" (int .Values.memory.heapPercent)) -}}
{{- with include "rondo.memoryLimit" . -}}
{{- $buffers := div (mul (int64 .) (int64 $.Values.memory.buffersPercent)) 100 -}}
{{- $options = append $options (printf "-XX:MaxDirectMemorySize=%d" (min 536870912 $buffers)) -}}
{{- end -}}
{{- with .Values.jvmOptions }}{{ $options = append $options . }}{{ end -}}
{{- join " " $options -}}
{{- end }}

{{/* The program's settings of .Values.config, as environment variables; zero and false are settings. */}}
{{- define "rondo.settings" -}}
{{- range $name, $value := .Values.config }}
{{- $text := include "rondo.text" $value }}
{{- if ne $text "" }}
- name: RONDO_{{ $name | snakecase | upper }}
  value: {{ $text | quote }}
{{- end }}
{{- end }}
{{- end }}
