# The mails to those who hold a trip, in English: the file that all others are held against.
#
# Another language is a copy of this file, translated, with the same messages and variables, and a
# line in the table of mod.rs. Each message becomes one line of a mail. Names and cities come as they
# are: keep them beside letters of the language, not beside digits, so that one which is written from
# right to left takes nothing along. Number and month may choose a form, as English does for one.


## What is put into other messages.

# Stands for the name of a sharer whose name is not known; begins a sentence.
someone = A traveller

# $names (text): one or more names. $name (text): the next one.
names-joined = { $names }, { $name }

# $names (text): the first names. $more (number): how many others there are, one at least.
names-more =
    { $more ->
        [one] { $names } and one more
       *[other] { $names } and { $more } more
    }

# $day (number), $month (number): 1 is January. $year (text).
date =
    { $month ->
        [1] { $day } January { $year }
        [2] { $day } February { $year }
        [3] { $day } March { $year }
        [4] { $day } April { $year }
        [5] { $day } May { $year }
        [6] { $day } June { $year }
        [7] { $day } July { $year }
        [8] { $day } August { $year }
        [9] { $day } September { $year }
        [10] { $day } October { $year }
        [11] { $day } November { $year }
       *[12] { $day } December { $year }
    }

# $hour (text): 00 to 23. $minute (text): 00 to 59.
time = { $hour }:{ $minute }

# $date (text): as above. $time (text): as above.
date-time = { $date }, { $time }

# $date (text): the date of a departure of which the time is not known.
date-only = { $date }, time not known

# $city (text): the name of a city. $code (text): the code of an airport there, as LHR.
place = { $city } ({ $code })

# $number (text): airline and number, as BA11. $from (text), $to (text): airports.
flight = { $number }, { $from } to { $to }

# A flight of which airline and number are not known. $from (text), $to (text): airports.
flight-unnumbered = { $from } to { $to }

# Flights of one day. $route (text): cities with a dash between. $date (text): the day.
journey = { $route } on { $date }

# Flights of several days. $route (text): as above. $date (text): the first day.
journey-from = { $route } from { $date }


## About the trip: what the reader knows it by.

# $journey (text): as above.
about-journey = Trip: { $journey }

# $count (number): how many travellers. $names (text): who they are.
about-travellers =
    { $count ->
        [one] Traveller: { $names }
       *[other] Travellers: { $names }
    }

# The last line of a mail in which there are times.
times = All times are local.


## Somebody shares a trip with the reader.

# $name (text): who shares it. $journey (text): as above.
subject-shared = { $name } has shared a trip with you: { $journey }

# The same, where the flights are not told. $name (text): who shares it.
subject-shared-untold = { $name } has shared a trip with you

# $name (text): who shares it. $list (text): the English name of the list that it is on.
shared = { $name } has shared a trip with you. You can find it on your list “{ $list }”.

# $count (number): how many flights follow.
flights =
    { $count ->
        [one] Flight:
       *[other] { $count } flights:
    }

# $flight (text): as above.
flight-cancelled = { $flight }: cancelled

# $when (text): date and time.
departure = Departure: { $when }

# $when (text): date and time.
arrival = Arrival: { $when }


## The flights of a trip changed.

# What happened, for the subjects below. $kind (text): all were added, all are cancelled, the trip as a
# whole is cancelled, or anything else. $count (number): how many flights.
event =
    { $kind ->
        [added]
            { $count ->
                [one] New flight
               *[other] { $count } new flights
            }
        [cancelled]
            { $count ->
                [one] Flight cancelled
               *[other] { $count } flights cancelled
            }
        [trip] Trip cancelled
       *[changed]
            { $count ->
                [one] Flight changed
               *[other] { $count } flight changes
            }
    }

# $event (text): as above. $journey (text): as above, of the flights that it happened to.
subject-changed = { $event }: { $journey }

# The same on the trip of somebody else. $names (text): who travels.
subject-changed-for = { $event } for { $names }: { $journey }

# Where the flights are not told.
subject-changed-untold = Flights changed

# The same on the trip of somebody else. $names (text): who travels.
subject-changed-untold-for = Flights changed for { $names }

# $count (number): how many changes follow. $list (text): the English name of the list.
changed =
    { $count ->
        [one] There is a change to the flights of a trip on your list “{ $list }”.
       *[other] There are { $count } changes to the flights of a trip on your list “{ $list }”.
    }

# Where the flights are not told. $list (text): the English name of the list.
changed-untold = The flights of a trip on your list “{ $list }” have changed.

# $flight (text): as above.
change-added = New flight: { $flight }

# $flight (text): as above.
change-cancelled = Flight cancelled: { $flight }

# $flight (text): as above, before the change. $date (text): the day of its departure then.
change-changed = Flight changed: { $flight } of { $date }

# $now (text), $was (text): airline and number.
now-designator = Flight number: now { $now }; was { $was }

# $now (text), $was (text): airports.
now-origin = Departure airport: now { $now }; was { $was }

# $now (text), $was (text): airports.
now-destination = Arrival airport: now { $now }; was { $was }

# $now (text), $was (text): date and time.
now-departure = Departure: now { $now }; was { $was }

# $now (text), $was (text): date and time.
now-arrival = Arrival: now { $now }; was { $was }

# Stands for airline and number.
unknown-designator = not known

# Stands for date and time of an arrival.
unknown-arrival = not known
